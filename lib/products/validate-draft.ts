import { ctxForUser } from '@/lib/auth';
import { type Ctx, can, db, isAppError } from '@/lib/core';
import { resolveTags } from '@/lib/governance';
import { checkFields, checkRules, checkTypes } from './check-schema';
import { CompleteDraft } from './draft-data';
import { mayReadSource, requireSourceProduct } from './source-products';
import { describeSource } from './sql-preview';
import { activeTemplate, templateProblem } from './template-queries';
import { uploadView } from './upload-view';
import type { ValidatedDraft, ValidateOptions } from './validation';

/**
 * Everything that has to be mended before a draft can be provisioned, beside the field it concerns.
 * Reading a source is decided and written down. Call it outside of a transaction.
 */
export async function validateDraft(
  ctx: Ctx,
  data: unknown,
  options: ValidateOptions,
): Promise<ValidatedDraft> {
  const result: ValidatedDraft = {
    fields: {},
    complete: null,
    template: null,
    domain: null,
    ownerId: null,
    upload: null,
    sources: [],
  };
  const parsed = CompleteDraft.safeParse(data);
  for (const { path, message } of parsed.error?.issues ?? []) {
    result.fields[path.join('.')] ??= `${message.replace(/[.]$/, '')}.`;
  }
  const draft = parsed.data ?? (data as Partial<CompleteDraft>);
  if (typeof draft !== 'object' || draft === null) return result;
  await checkPlace(ctx, draft, options, result);
  await checkTemplate(draft, result);
  await checkOwner(draft, result);
  const columns = await checkSource(ctx, draft, options, result);
  await checkOwnerReads(ctx, draft, result);
  if (parsed.success) {
    checkFields(parsed.data, columns, result);
    await checkTypes(parsed.data, result);
    checkRules(parsed.data, options, result);
    const tags = await checkTags(parsed.data, result);
    if (Object.keys(result.fields).length === 0) result.complete = { ...parsed.data, tags };
  }
  return result;
}

type Draft = Partial<CompleteDraft>;

async function checkPlace(
  ctx: Ctx,
  draft: Draft,
  { draftId }: ValidateOptions,
  result: ValidatedDraft,
): Promise<void> {
  const { fields } = result;
  if (!draft.domain || fields.domain) return;
  const domain = await db().domain.findFirst({ where: { name: draft.domain, archivedAt: null } });
  if (!domain) {
    fields.domain = `There is no domain "${draft.domain}". Choose another.`;
    return;
  }
  if (!can(ctx, 'product.create', { domainId: domain.id })) {
    fields.domain = `You may not create products in ${domain.title}. Ask one of its data admins for the role data_producer.`;
    return;
  }
  result.domain = { id: domain.id, name: domain.name };
  const problem = draft.name && !fields.name && (await nameProblem(domain.id, draft.name, draftId));
  if (problem) fields.name = problem;
}

/** Why a name cannot be used in a domain; null when it can. */
export async function nameProblem(
  domainId: string,
  name: string,
  draftId: string,
): Promise<string | null> {
  const [taken, own] = await Promise.all([
    db().product.findUnique({
      where: { domainId_name: { domainId, name } },
      select: { id: true, status: true },
    }),
    db().productDraft.findUnique({ where: { id: draftId }, select: { productId: true } }),
  ]);
  if (!taken || taken.id === own?.productId) return null;
  // What an undone provisioning left is free once nobody's draft stands behind it.
  const isFree =
    taken.status === 'draft' &&
    (await db().productDraft.count({ where: { productId: taken.id } })) === 0;
  if (isFree) return null;
  return taken.status === 'retired'
    ? `A retired product had the name "${name}", and addresses are not given twice. Choose another.`
    : `The domain already has a product "${name}". Choose another name.`;
}

/** @returns the tags as the vocabulary writes them */
async function checkTags({ tags, domain }: CompleteDraft, { fields }: ValidatedDraft) {
  const resolved = await resolveTags(tags, domain);
  if (resolved.problem) fields.tags = resolved.problem;
  return resolved.tags;
}

async function checkTemplate(draft: Draft, result: ValidatedDraft): Promise<void> {
  if (!draft.template || result.fields.template) return;
  try {
    result.template = await activeTemplate(db(), draft.template);
    const problem = await templateProblem(result.template);
    if (problem) result.fields.template = `${problem}.`;
  } catch (error) {
    result.fields.template = messageOf(error);
  }
}

async function checkOwner(draft: Draft, result: ValidatedDraft): Promise<void> {
  if (!draft.owner || result.fields.owner) return;
  const owner = await db().user.findFirst({
    where: { email: { equals: draft.owner, mode: 'insensitive' }, disabledAt: null },
    select: { id: true },
  });
  if (owner) result.ownerId = owner.id;
  else
    result.fields.owner = `Nobody here has the address ${draft.owner}. Name a person who can sign in.`;
}

/** Loads read the sources with the owner's rights, so the owner needs them from the beginning. */
async function checkOwnerReads(ctx: Ctx, draft: Draft, result: ValidatedDraft): Promise<void> {
  const { ownerId, sources, fields } = result;
  if (!ownerId || sources.length === 0) return;
  if (ctx.actor.type === 'user' && ctx.actor.id === ownerId) return;
  const owner = await ctxForUser(ownerId);
  for (const { product } of sources) {
    if (await mayReadSource(owner, product)) continue;
    fields.owner = `${draft.owner} may not read ${product}, and a product reads its sources with its owner's rights. Name another owner, or have access to ${product} given to them.`;
    return;
  }
}

/** The columns that the source offers; null while they are not known. */
async function checkSource(
  ctx: Ctx,
  { source }: Draft,
  { draftId }: ValidateOptions,
  result: ValidatedDraft,
): Promise<ReadonlySet<string> | null> {
  if (!source || Object.keys(result.fields).some((path) => path.startsWith('source'))) return null;
  const { fields } = result;
  if (source.kind === 'upload') {
    const upload = await db().upload.findFirst({ where: { id: source.uploadId, draftId } });
    if (!upload) {
      fields['source.uploadId'] = 'The file is not here any more. Upload it again.';
      return null;
    }
    result.upload = uploadView(upload);
    return new Set(result.upload.columns.map((column) => column.sourceName ?? column.name));
  }
  const addresses =
    source.kind === 'product' ? [source.product] : source.inputs.map((i) => i.product);
  for (const [index, address] of addresses.entries()) {
    try {
      result.sources.push(await requireSourceProduct(ctx, address));
    } catch (error) {
      const path = source.kind === 'product' ? 'source.product' : `source.inputs.${index}.product`;
      fields[path] = messageOf(error);
    }
  }
  if (result.sources.length < addresses.length) return null;
  if (source.kind === 'product') {
    return new Set(result.sources[0]?.fields.map((field) => field.name));
  }
  try {
    const described = await describeSource(source, result.sources);
    return new Set(described.map((field) => field.name));
  } catch (error) {
    fields['source.sql'] = messageOf(error);
    return null;
  }
}

/** What a person may read of an error; anything else is a failure of ours and goes on. */
function messageOf(error: unknown): string {
  if (isAppError(error)) return error.message;
  throw error;
}
