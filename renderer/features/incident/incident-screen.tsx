import { Button } from '@mantine/core';
import { useSession } from '#renderer/platform/hooks.ts';
import { navigate, useNavigation } from '#renderer/ui/navigation.ts';
import { AskServer } from '#renderer/ui/scope/ask-server.tsx';
import { isId } from '#renderer/ui/scope/bring-here.ts';
import { useKeepsPart } from '#renderer/ui/scope/use-part.ts';
import { useWords } from '#renderer/words/words.ts';
import classes from './incident.module.css';
import { OpenIncident } from './open-incident.tsx';
import { useIncidentView } from './use-incident.ts';

export interface IncidentScreenProps {
  /** Id, number or any alias. */
  readonly idOrNumber: string;
}

/** Where all are kept, it is nowhere for this person. */
function Unknown({ idOrNumber }: IncidentScreenProps) {
  const say = useWords('incident');
  return (
    <>
      <h1 className={classes.messageTitle}>{say('unknown.title', { number: idOrNumber })}</h1>
      <p className={classes.messageText}>{say('unknown.text')}</p>
    </>
  );
}

/** Where only a part is kept, the server may have it. */
function NotHere({ idOrNumber }: IncidentScreenProps) {
  const say = useWords('scope');
  return (
    <>
      <h1 className={classes.messageTitle}>
        {isId(idOrNumber) ? say('unknownHere.titleOfId') : say('unknownHere.title', { number: idOrNumber })}
      </h1>
      <p className={classes.messageText}>{say('unknownHere')}</p>
      <div className={classes.messageDeed}>
        <AskServer key={idOrNumber} number={idOrNumber} onHere={openHere} filled />
      </div>
    </>
  );
}

const openHere = (idOrNumber: string) => navigate({ name: 'incident', idOrNumber }, 'replace');

/** One incident, whole: header, timeline with composer, details. Takes the room it is given. */
export function IncidentScreen({ idOrNumber }: IncidentScreenProps) {
  const say = useWords('incident');
  const view = useIncidentView(idOrNumber);
  const session = useSession();
  const { queueRoute } = useNavigation();
  const keepsPart = useKeepsPart();
  const me = session?.person ?? null;
  return (
    <section className={classes.frame} aria-label={say('region')} aria-busy={view === undefined || undefined}>
      {view === null && (
        <div className={classes.message}>
          {keepsPart ? <NotHere idOrNumber={idOrNumber} /> : <Unknown idOrNumber={idOrNumber} />}
          <Button mt={16} onClick={() => navigate(queueRoute)}>
            {say('unknown.back')}
          </Button>
        </div>
      )}
      {view && me && <OpenIncident key={`${view.incident.id} ${me.id}`} view={view} me={me} />}
      {view === undefined && (
        <div role="status">
          <span className="visually-hidden">{say('loading')}</span>
          <div className={classes.quiet} style={{ width: '40%' }} />
          <div className={classes.quiet} style={{ width: '64%' }} />
          <div className={classes.quiet} style={{ width: '52%' }} />
        </div>
      )}
    </section>
  );
}
