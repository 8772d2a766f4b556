/**
 * Writes the tables of docs/security.md anew from the templates; a test holds the page to them.
 *
 *     npm run security-tables
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { loadTemplate } from '../sandbox/eventbridge/template.ts';
import { endpointTable } from './security-endpoints.ts';
import { permissionTables } from './security-permissions.ts';

export const SECURITY_PAGE = new URL('../docs/security.md', import.meta.url);

/** The page with current tables. Throws when the marks around one are gone. */
export function withTables(page: string): string {
  const hub = loadTemplate('template.yaml');
  const tables = {
    hub: permissionTables(hub),
    member: permissionTables(loadTemplate('infra/member.yaml')),
    endpoints: endpointTable(hub),
  };
  return Object.entries(tables).reduce((written, [name, table]) => withTable(written, name, table), page);
}

function withTable(page: string, name: string, table: string): string {
  const begin = `<!-- Written by npm run security-tables: ${name}. -->\n`;
  const from = page.indexOf(begin) + begin.length;
  const end = page.indexOf(`<!-- End of ${name}. -->\n`, from);
  if (from < begin.length || end < 0) throw new Error(`docs/security.md has lost the marks around the table ${name}`);
  return `${page.slice(0, from)}\n${table}\n${page.slice(end)}`;
}

if (import.meta.main) writeFileSync(SECURITY_PAGE, withTables(readFileSync(SECURITY_PAGE, 'utf8')));
