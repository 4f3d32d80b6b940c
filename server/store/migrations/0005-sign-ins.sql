-- Sign-ins through a browser that are under way. Each row is taken once, by whichever node is asked.

-- The browser is at the identity provider.
create table sign_ins_begun (
  state_hash text collate "C" primary key,
  nonce text not null,
  verifier text not null,
  device text collate "C" not null,
  challenge text collate "C" not null,
  port integer not null,
  desk_state text not null,
  expires_at bigint not null
);
create index sign_ins_begun_by_end on sign_ins_begun (expires_at);

-- The browser is on its way back to the desk, with a code.
create table sign_ins_passed (
  code_hash text collate "C" primary key,
  person_id text collate "C" not null references accounts (person_id) on delete cascade,
  device text collate "C" not null,
  challenge text collate "C" not null,
  expires_at bigint not null
);
create index sign_ins_passed_by_end on sign_ins_passed (expires_at);
