import { inspect } from './support/inspect';
import { expect, signedIn, test } from './support/test';

test('a producer documents a product; a broken example is found, mended, and read by a consumer', async ({
  browser,
}) => {
  const [owner, consumer] = await Promise.all([
    signedIn(browser, 'data-admin'),
    signedIn(browser, 'consumer'),
  ]);
  const path = '/products/operations/airports/documentation';
  await owner.goto(path);
  await owner.getByRole('button', { name: 'Edit' }).click();
  const text = owner.getByRole('textbox', { name: 'Documentation in Markdown' });
  const words = await text.inputValue();
  const withExample = (query: string) =>
    `${words}\n\n## Limits\n\nOnly the United States.\n\n\`\`\`portolan\n${query}\n\`\`\`\n\n{{schema}}\n`;
  await text.fill(withExample('planet=eq.Mars'));
  const preview = owner.getByRole('main').getByText('Only the United States.', { exact: true });
  await expect(preview).toBeVisible();
  await inspect(owner, 'documentation-editor');
  await owner.getByRole('button', { name: 'Save' }).click();
  await expect(owner.getByText('This example no longer works')).toBeVisible();

  await owner.goto('/products/operations/airports');
  await expect(owner.getByText(/An example no longer works: .*planet/)).toBeVisible();
  await owner.getByRole('link', { name: 'Examples that work' }).click();
  await owner.getByRole('button', { name: 'Edit' }).click();
  await text.fill(withExample('state=eq.WA&limit=2'));
  await owner.getByRole('button', { name: 'Save' }).click();
  await expect(owner.getByText('Works on the newest rows')).toBeVisible();
  await inspect(owner, 'documentation-example');

  await consumer.goto(path);
  await expect(consumer.getByText('Works on the newest rows')).toBeVisible();
  await expect(consumer.getByRole('region', { name: /Rows of state/ })).toContainText('WA');
  await expect(consumer.getByRole('button', { name: 'Edit' })).toHaveCount(0);

  await consumer.goto('/products/operations/airports/activity');
  const written = consumer.getByRole('row', { name: /documentation was written anew/ }).first();
  await expect(written).toBeVisible();
  await expect(consumer.getByRole('columnheader', { name: 'By' })).toHaveCount(0);
  await consumer.setViewportSize({ width: 390, height: 844 });
  await consumer.reload();
  const open = consumer
    .getByRole('navigation', { name: 'Product', exact: true })
    .getByText('Activity');
  await expect(open).toBeInViewport();
});
