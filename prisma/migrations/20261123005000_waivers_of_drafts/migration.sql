-- A product that the gate stops does not exist yet: its waiver belongs to the draft until it does.
alter table waiver alter column "productId" drop not null;
alter table waiver add column "draftId" text;
alter table waiver add constraint waiver_subject check ("productId" is not null or "draftId" is not null);
create index "waiver_draftId_idx" on waiver ("draftId");
drop index waiver_active_key;
create unique index waiver_active_key on waiver (coalesce("productId", "draftId"), "ruleId")
  where status in ('requested', 'approved');
