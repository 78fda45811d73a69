-- Which reminder of a sunset was the last: days before it, 0 for "it has come and something is in the way".
alter table product add column "sunsetReminder" integer;
alter table contract_version add column "sunsetReminder" integer;
