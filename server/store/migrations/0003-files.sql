-- Attachments. The bytes are in a folder that all nodes share; this says what they are and who may have them.

create table uploads (
  id text collate "C" primary key,
  person_id text collate "C" not null,
  incident text collate "C" not null,
  name text not null,
  internal boolean not null,
  -- As its sender wrote it: told again to whoever asks for the upload.
  metadata text not null,
  sha256 text collate "C" not null,
  length bigint not null check (length >= 0),
  -- So many bytes are on the disk for good.
  received bigint not null check (received between 0 and length),
  -- Bytes that count against the person's day.
  counted bigint not null,
  -- whole: all bytes are there and are what was promised; only their place is not sure.
  state text not null check (state in ('open', 'whole', 'done', 'refused', 'ended')),
  created_at bigint not null,
  expires_at bigint not null,
  -- Whoever writes bytes now, on whichever node.
  claim text,
  claimed_until bigint not null default 0
);
create index uploads_by_person on uploads (person_id, created_at);
create index uploads_unfinished on uploads (expires_at) where state in ('open', 'whole');

create table files (
  sha256 text collate "C" primary key,
  bytes bigint not null,
  type text not null,
  kept_at bigint not null
);

create table file_references (
  sha256 text collate "C" not null references files (sha256),
  incident text collate "C" not null,
  name text not null,
  -- Not for the requester.
  internal boolean not null,
  person_id text collate "C" not null,
  added_at bigint not null,
  entry bigint generated always as identity,
  primary key (sha256, incident, name)
);
