-- What decides whether a device with a scope keeps an incident; `tellEarlier` says it of what is there. A row that an
-- earlier build, which may go on beside this one for a while, writes from now on is read and asked.

alter table incidents
  add column team text collate "C",
  add column site text collate "C",
  add column updated_at bigint,
  -- Keys of people.
  add column concerns text[] collate "C",
  -- The through_seq up to which these columns tell.
  add column told_through bigint;
