-- Who may sign in, and where they are signed in. Of secrets only hashes are kept.

create table accounts (
  person_id text collate "C" primary key,
  email text collate "C" not null unique,
  password_hash text not null,
  active boolean not null,
  created_at bigint not null
);

create table sessions (
  id text collate "C" primary key,
  person_id text collate "C" not null references accounts (person_id) on delete cascade,
  device text collate "C" not null,
  device_name text,
  created_at bigint not null,
  last_seen_at bigint not null,
  clock_ahead bigint,
  access_hash text collate "C" not null unique,
  access_expires_at bigint not null,
  family_hash text collate "C" not null unique,
  refresh_hash text not null,
  refresh_expires_at bigint not null,
  unique (person_id, device)
);

-- The one-time link of the first administrator: one row or none.
create table setup_link (
  single boolean primary key default true check (single),
  hash text not null
);
