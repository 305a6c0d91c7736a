/** The mark, 32 pixels wide in seven colours, so that a page loads few bytes of it. A PNG runs no script, whoever shows it. */
export const ICON =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACAAAAAgBAMAAACBVGfHAAAAFVBMVEUAAADElDXBjCy9iCjSnjnis1CLXQ341fwgAAAAA3RSTlMAWa/XZpy6AAAAjElEQVQoz63RwQqDMAwG4PTgvYjeHXsCLXh3/t43aB9AD77/I5imxLKJMMEfWshHkkNLdEtM0Ez2u/aYIhQ7AHgz1LkBGBhC+PCRbSVeAlbBYBQgBQKug+7oV82cYM05gcOIbOc4R38BfgCwCkbA46FQuo7vChInaeMTSj0maOKgzw1dWvXUhsXe87EbSWZDfa0EXGkAAAAASUVORK5CYII=';
