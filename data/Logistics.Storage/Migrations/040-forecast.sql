-- Forecasts: a run is one training; its rows hold the days after its origin. Arrays are JSON: a row is read whole or not at all.

create table forecast_run (
    id text primary key,
    area_id text not null references service_area (id),
    origin text not null,
    horizon bigint not null,
    created_at bigint not null,
    report text not null,
    model {blob} not null
);

create index forecast_run_newest on forecast_run (area_id, created_at);

create table forecast_series (
    run_id text not null references forecast_run (id) on delete cascade,
    scope text not null,
    terminal_id text not null,
    partner_id text not null,
    size text not null,
    doc text not null,
    primary key (run_id, scope, terminal_id, partner_id, size)
);
