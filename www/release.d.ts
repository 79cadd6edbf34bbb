/** What the assembly of the site writes into the service worker. */
declare const FILES: Record<string, string>;
declare const VERSION: string;
