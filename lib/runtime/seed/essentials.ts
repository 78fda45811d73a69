import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { systemCtx, transact } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { seedPlatform } from '@/lib/platform';
import { seedTemplates } from '@/lib/products/seed-templates';

const dir = path.resolve(import.meta.dirname, '../../../prisma/seed');

/**
 * What every portal needs, demo or not: the platform document, the templates, the global policy.
 * Documents that are there stay as people left them, so this runs at every start.
 */
export async function seedEssentials(): Promise<void> {
  const platform = await readFile(path.join(dir, 'platform.yaml'), 'utf8');
  const names = (await readdir(path.join(dir, 'templates'))).sort();
  const templates = await Promise.all(
    names.map((name) => readFile(path.join(dir, 'templates', name), 'utf8')),
  );
  await transact(async (tx) => {
    await seedPlatform(tx, platform);
    await seedTemplates(tx, templates);
  });
  await seedPolicies(systemCtx('seed'), path.join(dir, 'policies'));
}
