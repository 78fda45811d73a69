-- Objectives, what each minute says about them, and what it adds up to.
create table slo_objective (
  id text primary key,
  "productId" text not null references product(id) on delete cascade on update cascade,
  key text not null,
  kind text not null,
  title text not null,
  origin text not null,
  target double precision not null,
  threshold double precision,
  "isInclusive" boolean not null default true,
  formula text,
  "window" text not null default '30_days',
  since timestamptz(3) not null,
  "endedAt" timestamptz(3),
  problem text,
  rev integer not null default 1
);
create unique index "slo_objective_productId_key_key" on slo_objective ("productId", key);

create table slo_product (
  "productId" text primary key references product(id) on delete cascade on update cascade,
  promise jsonb,
  "isLive" boolean not null,
  "isProbed" boolean not null,
  "probedAt" timestamptz(3)
);
create index "slo_product_isProbed_probedAt_idx" on slo_product ("isProbed", "probedAt");

create table slo_measurement (
  "objectiveId" text not null,
  minute timestamptz(3) not null,
  source text not null,
  good double precision not null,
  total double precision not null,
  constraint slo_measurement_pkey primary key ("objectiveId", minute, source)
);
create index slo_measurement_minute_idx on slo_measurement using brin (minute);
-- Alerts look only at objectives that lost something lately.
create index slo_measurement_bad_idx on slo_measurement (minute) where good < total;

create table slo_hour (
  "objectiveId" text not null references slo_objective(id) on delete cascade on update cascade,
  hour timestamptz(3) not null,
  measured integer not null,
  good double precision not null,
  outage integer not null,
  "goodEvents" double precision not null,
  events double precision not null,
  constraint slo_hour_pkey primary key ("objectiveId", hour)
);

create table slo_probe (
  "productId" text not null,
  minute timestamptz(3) not null,
  at timestamptz(3) not null,
  status integer,
  "latencyMs" double precision,
  error text,
  "requestId" text,
  constraint slo_probe_pkey primary key ("productId", minute)
);
create index slo_probe_minute_idx on slo_probe using brin (minute);

create table slo_incident (
  id text primary key,
  "objectiveId" text not null references slo_objective(id) on delete cascade on update cascade,
  policy text not null,
  cause text not null,
  "openedAt" timestamptz(3) not null,
  "endedAt" timestamptz(3),
  "peakBurn" double precision not null
);
create index "slo_incident_objectiveId_openedAt_idx" on slo_incident ("objectiveId", "openedAt" desc);
create index "slo_incident_endedAt_idx" on slo_incident ("endedAt");
create unique index slo_incident_open_key on slo_incident ("objectiveId", policy) where "endedAt" is null;

create table slo_clock (
  id text primary key,
  "measuredThrough" timestamptz(3) not null,
  "rolledThrough" timestamptz(3) not null
);

create table web_minute (minute timestamptz(3) primary key);

create index usage_event_at_idx on usage_event using brin (at);
