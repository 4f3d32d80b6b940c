-- The chains of the activities (SPEC 15). Those that are there already are chained by the code that applies this
-- migration (chain-earlier.ts), which then asks every row for its links.

alter table activities
  -- Null once redacted.
  add column salt text,
  add column sealed text,
  add column hash text;

-- The end of each chain, by chainName.
create table chain_heads (
  name text collate "C" primary key,
  hash text not null,
  length bigint not null
);

-- One hash over all of them a day.
create table seals (
  -- UTC, as 2026-01-31.
  day text collate "C" primary key,
  sealed_at bigint not null,
  epoch text not null,
  -- End of the log then.
  seq bigint not null,
  chains bigint not null,
  seal text not null
);
