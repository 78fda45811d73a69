-- What is found again is the same violation, also when two workers find it at once.
create unique index "violation_dedupeKey_key" on violation ("dedupeKey");
create index violation_event_at_idx on violation_event (at);
