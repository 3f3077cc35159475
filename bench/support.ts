/** What the benchmarks share: percentiles and the Node host as a process. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import type { AhoyContract } from '../common/contract/index.ts';
import type { Client } from '../common/transport/client.ts';
import { startProgram, type ChildProgram } from '../test/support/child-program.ts';
import { connectProgram, passphraseFor } from '../test/support/node-host.ts';

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

export function machine(): Readonly<Record<string, string | number>> {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
}

export interface RunningHost {
  readonly program: ChildProgram;
  readonly profile: string;
  readonly address: string;
  readonly startedAtMs: number;
  /** A client with the profile's automation token. */
  client(): Promise<Client<AhoyContract>>;
}

export async function startHost(profile = mkdtempSync(join(tmpdir(), 'ahoy-bench-'))): Promise<RunningHost> {
  const startedAtMs = performance.now();
  const program = startProgram(process.execPath, ['out/main/node.js', '--profile', profile, '--no-open', ...passphraseFor(profile)]);
  const address = (await program.waitFor(/Ahoy is at (http\S+)/))[1] ?? '';
  return {
    program,
    profile,
    address,
    startedAtMs,
    client: () => connectProgram(profile, Number(new URL(address).port)),
  };
}

/** Resolves with the first truthy answer; asks every few milliseconds, for at most the limit. */
export async function until<T>(ask: () => T | Promise<T>, limitMs = 20_000): Promise<NonNullable<T>> {
  const endAt = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > endAt) throw new Error('what the benchmark waits for did not come');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Memory that is really in use, in MiB (Linux only; NaN elsewhere). */
export function residentMiB(pid: number): number {
  try {
    return round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
  } catch {
    return Number.NaN;
  }
}
