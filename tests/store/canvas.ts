import { readFile, writeFile } from 'node:fs/promises';
import { PNG } from 'pngjs';

/** What both shops take, and Chrome's demands. */
export const SHOP = { width: 1280, height: 800 } as const;

type Colour = readonly [red: number, green: number, blue: number];

/** Light and dark grounds beside which Buckle's own surfaces stand out. */
export const GROUND: Readonly<Record<'light' | 'dark', Colour>> = {
  light: [220, 210, 190],
  dark: [44, 38, 26],
};

const GREY: Colour = [150, 146, 138];
const EDGE = 2;

interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A picture put together of others, at a shop's size. */
export function canvas(ground: Colour) {
  const image = new PNG({ ...SHOP, colorType: 2 });
  const fill = (left: number, top: number, width: number, height: number, colour: Colour): void => {
    for (let y = top; y < top + height; y += 1) {
      for (let x = left; x < left + width; x += 1) {
        image.data.set([...colour, 255], (y * SHOP.width + x) * 4);
      }
    }
  };
  fill(0, 0, SHOP.width, SHOP.height, ground);
  return {
    /** Draws an edge around what is put there next. */
    frame({ left, top, width, height }: Place): void {
      fill(left - EDGE, top - EDGE, width + 2 * EDGE, height + 2 * EDGE, GREY);
    },
    /** Puts a picture file at a place, whole. */
    async put(file: string, left: number, top: number): Promise<void> {
      const part = PNG.sync.read(await readFile(file));
      PNG.bitblt(part, image, 0, 0, part.width, part.height, left, top);
    },
    async write(file: string): Promise<void> {
      await writeFile(file, PNG.sync.write(image, { colorType: 2, deflateLevel: 9 }));
    },
  };
}
