-- Everybody who saved a draft: with approval: two_people none of them puts it in force.
alter table policy_document add column "editorIds" text[] default array[]::text[];
