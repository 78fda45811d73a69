import { type PathSegment, printPath, type SpecIssue } from '@/lib/specs';
import type { Locate } from '@/lib/specs/yaml-read';

export type Path = readonly PathSegment[];
/** Errors refuse a document; warnings and notes go along with it. */
export type FindingLevel = 'error' | 'warning' | 'note';
export interface Finding extends SpecIssue {
  level: FindingLevel;
  /** Stable, for programs: `unknown-field`, `dangling-reference`. */
  code: string;
}

const MAX_FINDINGS = 200;

/** Collects what is to be said about a document, each with its path; the place in the text comes last. */
export class Findings {
  private readonly all: { level: FindingLevel; code: string; path: Path; message: string }[] = [];

  error(path: Path, code: string, message: string): void {
    this.add('error', path, code, message);
  }
  warn(path: Path, code: string, message: string): void {
    this.add('warning', path, code, message);
  }
  note(path: Path, code: string, message: string): void {
    this.add('note', path, code, message);
  }
  get hasErrors(): boolean {
    return this.all.some(({ level }) => level === 'error');
  }

  pathsOf(code: string): Path[] {
    return this.all.flatMap((one) => (one.code === code ? [one.path] : []));
  }

  /** In the order of the text. */
  at(locate: Locate): Finding[] {
    return this.all
      .map(({ path, ...rest }) => ({ path: printPath(path), ...locate(path), ...rest }))
      .sort((a, b) => a.line - b.line || a.column - b.column);
  }

  /** Errors always find room, so that a flood of warnings cannot hide one. */
  private add(level: FindingLevel, path: Path, code: string, message: string): void {
    if (this.all.length >= MAX_FINDINGS) {
      if (level !== 'error' || this.hasErrors) return;
      this.all.pop();
    }
    this.all.push({ level, code, path, message });
  }
}
