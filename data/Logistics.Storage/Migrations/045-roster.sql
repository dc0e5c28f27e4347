-- Rosters: what every week starts from, and the week that a dispatcher works on.

create table roster_setup (
    area_id text primary key references service_area (id),
    doc text not null
);

create table roster_week (
    area_id text not null references service_area (id),
    first_day text not null,
    revision bigint not null,
    doc text not null,
    primary key (area_id, first_day)
);
