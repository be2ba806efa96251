/** Pixels for a px: sharp in a document, too. */
const SCALE = 2;

/** An SVG file as a PNG. @returns a data URL @throws when the browser can't draw it */
export async function pngOf(svg: string, width: number, height: number): Promise<string> {
  return (await drawn(svg, width, height)).toDataURL('image/png');
}

/** Puts an SVG file on the clipboard as a picture. @throws when the clipboard can't be reached */
export async function copyPicture(svg: string, width: number, height: number): Promise<void> {
  // The promise is handed over at once: the clipboard must be asked for while the user's click counts.
  const blob = drawn(svg, width, height).then(
    (canvas) =>
      new Promise<Blob>((resolve, reject) =>
        canvas.toBlob((one) => (one ? resolve(one) : reject(new Error('no picture'))), 'image/png'),
      ),
  );
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
}

async function drawn(svg: string, width: number, height: number): Promise<HTMLCanvasElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * SCALE);
  canvas.height = Math.round(height * SCALE);
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}
