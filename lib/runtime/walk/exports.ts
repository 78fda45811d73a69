import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

export interface Exported {
  /** `module/function`, for example `access/grantAccess`. */
  name: string;
  file: string;
  /** Takes who is asking: `ctx: Ctx` first. */
  asks: boolean;
}
const root = path.resolve(import.meta.dirname, '../../..');

/** Every exported function of the modules of lib, by reading the source: a new one cannot be overlooked. */
export async function exportedFunctions(): Promise<Exported[]> {
  const all = await readdir(path.join(root, 'lib'), { recursive: true });
  const files = all.filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.ts$|\.d\.ts$|generated\/|^runtime\//.test(file),
  );
  const found = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(path.join(root, 'lib', file), 'utf8');
      const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
      return functionsOf(source).map(({ name, asks }) => ({
        name: `${file.split('/')[0]}/${name}`,
        file: `lib/${file}`,
        asks,
      }));
    }),
  );
  return found.flat().sort((a, b) => a.name.localeCompare(b.name));
}

/** Names that files of the edges import from the modules of lib, as `module/name` with who imports it. */
export async function importedByEdges(): Promise<{ name: string; by: string }[]> {
  const files = (
    await Promise.all(
      ['app', 'components', 'lib/http'].map(async (folder) =>
        (
          await readdir(path.join(root, folder), { recursive: true })
        ).map((file) => `${folder}/${file}`),
      ),
    )
  )
    .flat()
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
  const found = await Promise.all(
    files.map(async (by) => importsOf(await readFile(path.join(root, by), 'utf8'), by)),
  );
  return found.flat();
}

function importsOf(text: string, by: string): { name: string; by: string }[] {
  const source = ts.createSourceFile(by, text, ts.ScriptTarget.Latest);
  return source.statements.flatMap((node) => {
    if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return [];
    const [, module] = /^@\/lib\/([\w-]+)/.exec(node.moduleSpecifier.text) ?? [];
    const named = node.importClause?.namedBindings;
    if (!module || !named || !ts.isNamedImports(named)) return [];
    return named.elements.map(({ name, propertyName }) => ({
      name: `${module}/${(propertyName ?? name).text}`,
      by,
    }));
  });
}

/** Files of server actions, with what they export. */
export async function serverActions(): Promise<{ file: string; name: string; text: string }[]> {
  const all = await readdir(path.join(root, 'app'), { recursive: true });
  const found = await Promise.all(
    all
      .filter((file) => file.endsWith('.ts') || file.endsWith('.tsx'))
      .map(async (file) => {
        const text = await readFile(path.join(root, 'app', file), 'utf8');
        if (!/^['"]use server['"]/m.test(text)) return [];
        const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
        return source.statements
          .filter((node) => ts.canHaveModifiers(node) && isExported(node as ts.HasModifiers))
          .map((node) => {
            const first = ts.isVariableStatement(node)
              ? node.declarationList.declarations[0]
              : undefined;
            const name = first ? first.name.getText() : node.getText().slice(0, 60);
            const value = first?.initializer?.getText() ?? '';
            return { file: `app/${file}`, name, text: value };
          });
      }),
  );
  return found.flat();
}

const isExported = (node: ts.HasModifiers) =>
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

function functionsOf(source: ts.SourceFile): { name: string; asks: boolean }[] {
  return source.statements.flatMap((node) => {
    if (ts.isFunctionDeclaration(node) && isExported(node) && node.name) {
      return [{ name: node.name.text, asks: asks(node) }];
    }
    if (!ts.isVariableStatement(node) || !isExported(node)) return [];
    return node.declarationList.declarations.flatMap(({ name, initializer }) => {
      const isFunction =
        initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
      return isFunction && ts.isIdentifier(name)
        ? [{ name: name.text, asks: asks(initializer) }]
        : [];
    });
  });
}

/** A `Ctx` anywhere among the parameters: what it does depends on who asks. */
const asks = ({ parameters }: ts.SignatureDeclaration) =>
  parameters.some(({ type }) => type?.getText() === 'Ctx');
