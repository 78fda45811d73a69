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
