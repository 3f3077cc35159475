/** The icons of tray and taskbar, by what they show. Each file has its @2x and @3x beside it. */
import { join } from 'node:path';
import { nativeImage, type NativeImage } from 'electron';
import type { TrayMark } from './tray-state.ts';

/** `out/main` is two folders below what is packed with it. */
const RESOURCES = join(import.meta.dirname, '..', '..', 'resources');

export function trayIcon(mark: TrayMark, waits: boolean, platform: NodeJS.Platform): NativeImage {
  const name = waits ? `${mark}-unread` : mark;
  if (platform === 'darwin') {
    const image = nativeImage.createFromPath(join(RESOURCES, 'tray', 'template', `${name}Template.png`));
    image.setTemplateImage(true);
    return image;
  }
  return nativeImage.createFromPath(join(RESOURCES, 'tray', platform === 'win32' ? 'color-16' : 'color-24', `${name}.png`));
}

/** What lies on the taskbar's button on Windows: the number, or that there are many. */
export function overlayIcon(count: number): NativeImage {
  return nativeImage.createFromPath(join(RESOURCES, 'overlay', `${count > 9 ? '9plus' : count}.png`));
}

export const APP_ICON = join(RESOURCES, 'icon.png');
