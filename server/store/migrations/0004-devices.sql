-- Desks that ever signed in, in that order: the place makes the code under which a desk numbers incidents itself.

create table devices (
  device text collate "C" primary key,
  entry bigint generated always as identity unique
);
