import { readFile } from "node:fs/promises";

const assets = new URL("../../nginx/www/assets/", import.meta.url);

/** The source of a file under nginx/www/assets. */
export const source = (path) => readFile(new URL(path, assets), "utf8");

/** Imports a page's module that imports nothing itself; Node 18 would take a plain .js file for CommonJS. */
export const load = async (path) => import(`data:text/javascript,${encodeURIComponent(await source(path))}`);

export { assets };
