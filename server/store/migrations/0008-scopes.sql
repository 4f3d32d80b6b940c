-- What decides whether a device with a scope keeps an incident, and whether somebody may read it; `tellEarlier` says it
-- of what is there. A row that an earlier build, which may go on beside this one for a while, writes from now on is read
-- and asked.

alter table incidents
  add column team text collate "C",
  add column site text collate "C",
  add column updated_at bigint,
  -- Keys of people.
  add column concerns text[] collate "C",
  -- Keys of the people and teams who may read it though it is confidential; null: it is not.
  add column readers text[] collate "C",
  -- The through_seq up to which these columns tell.
  add column told_through bigint;
