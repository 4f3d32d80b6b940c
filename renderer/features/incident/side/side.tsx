import { useWords } from '#renderer/words/words.ts';
import { AttachmentsSection, type AttachmentsSectionProps } from '../attachments/attachments-section.tsx';
import screen from '../incident.module.css';
import { type AssignmentProps, AssignmentSection } from './assignment-section.tsx';
import { CallerSection } from './caller-section.tsx';
import { type ClassificationProps, ClassificationSection } from './classification-section.tsx';
import { LinksSection } from './links-section.tsx';
import { Section } from './section.tsx';
import classes from './side.module.css';
import { SourceSection, TimesSection } from './times-section.tsx';

/** Everything about the incident that is not its story, in a fixed order, each part foldable. */
export function Side(props: AssignmentProps & ClassificationProps & AttachmentsSectionProps) {
  const say = useWords('incident');
  return (
    <aside className={screen.side} aria-label={say('side.label')}>
      <CallerSection {...props} />
      <ClassificationSection {...props} />
      <AssignmentSection {...props} />
      <Section name="deadlines" title={say('side.deadlines')}>
        <p className={classes.honest}>{say('side.deadlinesLater')}</p>
      </Section>
      <AttachmentsSection {...props} />
      <LinksSection {...props} />
      <TimesSection {...props} />
      <SourceSection {...props} />
    </aside>
  );
}
