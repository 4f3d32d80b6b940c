-- The shared log. Bodies are JSON as text: what JSON escapes (U+0000, lone surrogates) survives there, where
-- PostgreSQL's own text and jsonb refuse it. Columns beside a body only find it; ids in them are keys (keys.ts).

create table log_head (
  single boolean primary key default true check (single),
  epoch text not null,
  seq bigint not null check (seq >= 0),
  -- Of our own form, over all incidents and aliases.
  highest_number bigint not null,
  -- Drawn anew whenever a directory record or a setting changes: what a node has cached under it still holds.
  directory_version text not null
);
insert into log_head (epoch, seq, highest_number, directory_version)
values (gen_random_uuid()::text, 0, 0, gen_random_uuid()::text);

create table lanes (
  device text collate "C" not null,
  person text collate "C" not null,
  expected bigint not null,
  primary key (device, person)
);

create table decided (
  device text collate "C" not null,
  person text collate "C" not null,
  seq bigint not null,
  command_id text collate "C" not null,
  -- Order of decision: writers are alone, so these rise with the log.
  entry bigint generated always as identity,
  accepted boolean not null,
  body text not null,
  primary key (device, person, seq)
);
create index decided_by_command on decided (command_id, entry);

create table activities (
  seq bigint not null,
  place integer not null,
  subject text collate "C" not null,
  body text not null,
  primary key (seq, place)
);
create index activities_by_subject on activities (subject, seq, place);

create table incidents (
  id text collate "C" primary key,
  first_seq bigint not null,
  through_seq bigint not null,
  open boolean not null,
  caller text collate "C",
  affected text collate "C",
  body text not null
);
create unique index incidents_newest_first on incidents (first_seq desc, id desc);
create index incidents_by_caller on incidents (caller) where caller is not null;
create index incidents_by_affected on incidents (affected) where affected is not null;

-- Numbers and aliases that incidents bear, as numberKey writes them.
create table numbers (
  key text collate "C" primary key,
  incident text collate "C" not null
);

create table records (
  kind text collate "C" not null,
  id text collate "C" not null,
  entry bigint generated always as identity,
  seq bigint not null,
  body text not null,
  primary key (kind, id)
);

create table settings (
  name text collate "C" primary key,
  seq bigint not null,
  body text not null
);
