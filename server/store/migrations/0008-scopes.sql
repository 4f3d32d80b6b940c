-- What decides whether a device with a scope keeps an incident. Null in a row that an earlier build wrote: such a row is
-- read and asked, until something happens to it.

alter table incidents
  add column team text collate "C",
  add column site text collate "C",
  add column updated_at bigint,
  -- Keys of people.
  add column concerns text[] collate "C";
