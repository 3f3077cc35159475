/** What packed scripts and pages do that they should not: run text as code, or load what is not in the package. */
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';

/** Bundled code that asks for these only where they are installed, and goes on without. */
const OPTIONAL = ['bufferutil', 'utf-8-validate'];
/** What a package holds, or the runtime is. */
const PRESENT = ['electron', 'better-sqlite3'];
const TIMERS = ['setTimeout', 'setInterval'];
const GLOBALS = ['globalThis', 'window', 'self', 'global'];

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

/** The name that a call calls: `eval`, `window.eval` and `(0, eval)` alike. */
function calledName(callee: ts.Expression): string {
  let inner = callee;
  while (ts.isParenthesizedExpression(inner) || (ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.CommaToken))
    inner = ts.isParenthesizedExpression(inner) ? inner.expression : inner.right;
  if (ts.isIdentifier(inner)) return inner.text;
  if (ts.isPropertyAccessExpression(inner) && ts.isIdentifier(inner.expression) && GLOBALS.includes(inner.expression.text))
    return inner.name.text;
  return '';
}

/** What runs text as code and may: the call as it stands in a package (spaces joined), and why it does no harm. */
export const EXPLAINED: readonly (readonly [code: string, because: string])[] = [
  ['Function("return this")', 'lodash, in electron-updater: a constant, and only where there is no globalThis'],
  ['Function("return this;")', 'reflect-metadata, in werift: a constant, and only where there is no globalThis'],
  ['(0, eval)("(function() { return this; })()")', 'reflect-metadata, in werift: a constant, and only where there is no globalThis'],
  [
    'Function(`return (${parameters}) => ({${properties}})`)',
    'better-sqlite3, in the core: makes rows; the text is the column names of our own SQL, written as JSON',
  ],
];

export interface TextRun {
  readonly line: number;
  readonly code: string;
}

/** Every place where text is run as code. */
export function runsText(path: string, text: string): TextRun[] {
  const file = parse(path, text);
  const found: TextRun[] = [];
  visit(file, (node) => {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
    const name = calledName(node.expression);
    const args = node.arguments ?? [];
    const [first] = args;
    const isText = first !== undefined && (ts.isStringLiteralLike(first) || ts.isTemplateExpression(first));
    if (name !== 'eval' && name !== 'Function' && !(TIMERS.includes(name) && isText)) return;
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
    found.push({ line: line + 1, code: node.getText(file).replace(/\s+/g, ' ') });
  });
  return found;
}

/** What a page runs that is no file of its own. */
export function inlineScripts(html: string): string[] {
  const inline = html.match(/<script(?![^>]*\ssrc=)[^>]*>/gi) ?? [];
  const handlers = html.match(/<[^>]+\son\w+\s*=/gi) ?? [];
  const links = html.match(/\s(?:href|src)\s*=\s*["']?\s*javascript:/gi) ?? [];
  return [...inline, ...handlers, ...links];
}

/** Every module a script names. */
export function importsOf(path: string, text: string): string[] {
  const names: string[] = [];
  visit(parse(path, text), (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
      names.push(node.moduleSpecifier.text);
    if (!ts.isCallExpression(node)) return;
    const [first] = node.arguments;
    const isLoad =
      node.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(node.expression) && node.expression.text === 'require');
    if (isLoad && first && ts.isStringLiteralLike(first)) names.push(first.text);
  });
  return names;
}

/** The files a page names. */
export function linksOf(html: string): string[] {
  return [...html.matchAll(/\s(?:href|src)\s*=\s*["']([^"']+)["']/gi)].map(([, link]) => link ?? '');
}

/** Named modules that would not be found in a package with these files. */
export function unresolved(path: string, names: readonly string[], packed: ReadonlySet<string>): string[] {
  return names.filter((name) => {
    if (name.startsWith('node:') || builtinModules.includes(name) || PRESENT.includes(name) || OPTIONAL.includes(name)) return false;
    if (!name.startsWith('.') && !name.startsWith('/')) return true;
    const target = name.startsWith('/') ? posix.join('out/renderer', name) : posix.join(posix.dirname(path), name);
    return ![target, `${target}.js`, `${target}.json`, `${target}/index.js`].some((candidate) => packed.has(candidate));
  });
}
