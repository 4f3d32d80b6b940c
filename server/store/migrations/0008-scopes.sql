-- What decides whether a device with a scope keeps an incident. A row that an earlier build wrote, which may go on beside
-- this one for a while, is read and asked, until something happens to it here.

alter table incidents
  add column team text collate "C",
  add column site text collate "C",
  add column updated_at bigint,
  -- Keys of people.
  add column concerns text[] collate "C",
  -- The through_seq up to which these columns tell.
  add column told_through bigint;
