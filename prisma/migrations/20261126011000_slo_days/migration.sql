-- Finished UTC days, so that a window of 30 days is a few dozen rows and not 720.
create table slo_day (
  "objectiveId" text not null references slo_objective(id) on delete cascade on update cascade,
  day timestamptz(3) not null,
  measured integer not null,
  good double precision not null,
  outage integer not null,
  "goodEvents" double precision not null,
  events double precision not null,
  constraint slo_day_pkey primary key ("objectiveId", day)
);
-- Rows come a day at a time: a window's days lie on as many pages of the table, and on one or two of this index.
create index slo_day_window_idx on slo_day ("objectiveId", day) include (measured, good, outage, "goodEvents", events);
create index slo_hour_hour_idx on slo_hour using brin (hour);
insert into slo_day ("objectiveId", day, measured, good, outage, "goodEvents", events)
  select "objectiveId", date_trunc('day', hour, 'UTC'), sum(measured), sum(good), sum(outage), sum("goodEvents"), sum(events)
  from slo_hour where hour < (select date_trunc('day', "rolledThrough", 'UTC') from slo_clock where id = 'slo')
  group by 1, 2;
