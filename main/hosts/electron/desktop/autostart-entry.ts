/** The file by which a Linux desktop starts Ahoy (Desktop Application Autostart Specification). */

export interface LaunchCommand {
  readonly program: string;
  readonly args: readonly string[];
}

export const STARTED_BY_SYSTEM = '--started-by-system';

/** Desktop Entry Specification, "The Exec key": quoted, with what is special in quotes escaped, and % doubled. */
function execLine({ program, args }: LaunchCommand): string {
  return [program, ...args, STARTED_BY_SYSTEM]
    .map(
      (part) =>
        `"${part.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('`', '\\`').replaceAll('$', '\\$').replaceAll('%', '%%')}"`,
    )
    .join(' ');
}

export function autostartEntry(command: LaunchCommand): string {
  const lines = ['[Desktop Entry]', 'Type=Application', 'Name=Ahoy', `Exec=${execLine(command)}`, 'Icon=ahoy', 'Terminal=false'];
  return `${lines.join('\n')}\n`;
}
