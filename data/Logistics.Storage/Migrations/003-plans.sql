-- Plans are immutable versions: the header changes only its status; the body and its problem and result are stored by digest.

create table plan_document (
    hash text primary key,
    kind text not null,
    body {blob} not null,
    created_at bigint not null
);

create table day_plan (
    id text primary key,
    area_id text not null references service_area (id),
    day text not null,
    version bigint not null,
    name text not null,
    status text not null,
    parent_id text references day_plan (id),
    created_at bigint not null,
    created_by text not null,
    published_at bigint,
    published_by text,
    parcels bigint not null,
    unassigned bigint not null,
    routes bigint not null,
    violations bigint not null,
    total_fen bigint not null,
    body_hash text not null references plan_document (hash),
    problem_hash text references plan_document (hash),
    result_hash text references plan_document (hash),
    unique (area_id, day, version)
);

-- The database itself keeps the promise that a day has one published plan.
create unique index day_plan_published on day_plan (area_id, day) where status = 'published';
