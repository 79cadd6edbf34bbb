// The list of a site with a few charts, for the specs of the list.
import { visit } from './visit.mjs';

const LOINC = 'http://loinc.org';
const ICD = 'http://hl7.org/fhir/sid/icd-10-cm';

/** A chart as hospitals give it out. */
function bundle(id, { born, gender = 'female', more = [] }) {
  const subject = { reference: `Patient/${id}` };
  const resources = [{ resourceType: 'Patient', id, birthDate: born, gender }, ...more.map((resource, at) => ({ id: `${id}-${at}`, subject, ...resource }))];
  return { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) };
}

/** A result of a laboratory, or of a score. */
export const result = (code, value, unit, high) => ({
  resourceType: 'Observation', status: 'final', effectiveDateTime: '2026-03-14', code: { coding: [{ system: LOINC, code }] },
  valueQuantity: { value, unit, code: unit }, ...(high && { referenceRange: [{ high: { value: high, unit } }] }),
});
const condition = (code, onset) => ({ resourceType: 'Condition', clinicalStatus: { coding: [{ code: 'active' }] }, onsetDateTime: onset, code: { coding: [{ system: ICD, code }] } });

/** Files of records by their names. */
export const CHARTS = {
  'one.json': bundle('one', { born: '1960-05-04', more: [result('1742-6', 31, 'U/L', 40), condition('G40.9', '2001')] }),
  'two.json': bundle('two', { born: '1930-01-01', gender: 'male', more: [result('72089-6', 12, '{score}')] }),
  'three.json': bundle('three', { born: '1980-02-02', more: [{ resourceType: 'Condition', clinicalStatus: { coding: [{ code: 'active' }] }, code: { text: '<img src=x onerror=alert(1)> chronic hiccups' } }] }),
};
export const file = (name, content) => ({ name, mimeType: 'application/json', buffer: Buffer.isBuffer(content) ? content : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)) });

/** The page with the stroke trial chosen. */
export async function desk(options = {}) {
  const visited = await visit({ path: 'charts.html', ready: false, viewport: { width: 1280, height: 900 }, ...options });
  const { page } = visited;
  await page.locator('option[value="NCT07084012"]').waitFor({ state: 'attached' });
  await page.locator('[data-key="trial"]').selectOption('NCT07084012');
  await page.locator('#records-file').waitFor();
  return visited;
}

/** Gives files, and waits until they are read. */
export async function take(page, files) {
  await page.locator('#records-file').setInputFiles(files);
  await page.locator('[data-key="taken"]').waitFor();
}

/** The cells of what is listed, once something is. */
export async function rows(page) {
  const listed = page.locator('tbody tr');
  await listed.first().waitFor();
  return listed.evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
}

/** Who writes, and what of. */
export const entered = async (page, texts) => {
  for (const [name, text] of Object.entries(texts)) await page.locator(`[data-key="${name}"]`).fill(text);
};
