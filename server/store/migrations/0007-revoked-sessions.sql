-- Sessions that somebody ended on purpose: who still brings a token of one is told so, until it would have run out.

create table revoked_sessions (
  family_hash text collate "C" primary key,
  until bigint not null
);
