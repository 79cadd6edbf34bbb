import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { CHARTS, desk, entered, file, result, rows, take } from './charts.mjs';
import { faults } from './faults.mjs';
import { leave } from './visit.mjs';

after(leave);

/** An archive of these files, deflated. */
function zip(files) {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const packed = deflateRawSync(Buffer.from(text));
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(Buffer.byteLength(text), 22);
    head.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(Buffer.byteLength(text), 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(at, 42);
    parts.push(head, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    at += 30 + Buffer.byteLength(name) + packed.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

test('a folder of charts becomes a list, and one of them is looked at, confirmed, asked and set', async () => {
  const { page, context, seen, close } = await desk();
  await page.waitForLoadState('networkidle');
  const loaded = seen.requests.length;
  await context.setOffline(true);
  const found = [...(await faults(page, 'records'))];
  await take(page, [...Object.entries(CHARTS).map(([name, content]) => file(name, content)), file('letter.txt', 'Dear colleague'), file('cut.json', JSON.stringify(CHARTS['one.json']).slice(0, -120))]);
  const said = await page.locator('[data-key="taken"]').innerText();
  assert.match(said, /4 people/);
  assert.match(said, /letter\.txt[\s\S]*no medical record/);
  assert.match(said, /cut\.json[\s\S]*stops in the middle/);
  found.push(...(await faults(page, 'taken')));

  await page.locator('[data-key="to-list"]').click();
  let shown = await rows(page);
  assert.deepEqual(shown.map(([number, key, age]) => [number, key, age]), [['1', 'one', '65'], ['2', 'two', '90 or more'], ['3', 'three', '46'], ['4', 'one', '65']]);
  assert.deepEqual(shown.map(([, , , , outcome]) => outcome), ['Open', 'Something against it', 'Open', 'Open']);
  assert.equal(shown[1][5], 'Inclusion 1');
  found.push(...(await faults(page, 'list')));
  await page.locator('[data-key="sort-age"]').click();
  await page.locator('[aria-sort="ascending"] [data-key="sort-age"]').click();
  await page.locator('[aria-sort="descending"] [data-key="sort-age"]').waitFor();
  assert.equal((await rows(page))[0][1], 'two');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('data-key')), 'sort-age');
  await page.locator('[data-key="show"]').selectOption('undetermined');
  await page.locator('caption', { hasText: 'of 3' }).waitFor();
  assert.equal(await page.locator('[role="status"]').innerText(), '1 to 3 of 3', 'what is shown now is said');
  assert.ok((await rows(page)).every(([, , , , outcome]) => outcome === 'Open'));

  await page.locator('[data-key="row-3"]').click();
  await page.getByRole('heading', { name: 'Person 3' }).waitFor();
  assert.match(await page.locator('main').evaluate((main) => main.textContent), /<img src=x onerror=alert\(1\)> chronic hiccups/);
  assert.equal(await page.locator('main img').count(), 0);
  found.push(...(await faults(page, 'chart')));
  await page.locator('[data-key="accept-plain"]').click();
  await page.locator('td', { hasText: 'Confirmed' }).first().waitFor();
  const form = page.locator('[data-key="ask"]');
  await page.getByRole('button', { name: /^Correct: Sex/ }).click();
  await form.getByLabel('Male', { exact: true }).check();
  await form.getByRole('button', { name: 'Keep this answer' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('data-key')), 'why', 'nothing is put right without a reason');
  await page.locator('[data-key="why"]').fill('asked at the bedside');
  await form.getByRole('button', { name: 'Keep this answer' }).click();
  await page.getByText('Answered here').waitFor();
  assert.match(await page.locator('main').innerText(), /Not so, says staff[\s\S]*Answered here[\s\S]*Male[\s\S]*Put right[\s\S]*Female → Male asked at the bedside/, 'what the record says and what staff say are both kept');
  const before = await form.locator('legend').first().innerText();
  await form.getByLabel(/Not in the chart/).check();
  await form.getByRole('button', { name: 'Keep this answer' }).click();
  await form.locator('legend').filter({ hasText: before }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Set it otherwise (Inclusion 2)' }).click();
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('data-key')), 'reason', 'nothing is set without a reason');
  await page.getByLabel('Why').fill('seen on the scan');
  await page.locator('[data-key="set"]').selectOption('fail');
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await page.getByText('Set by staff: Fails. seen on the scan').waitFor();
  await page.locator('[data-key="view-list"]').click();
  await page.locator('[data-key="show"]').selectOption('');
  await page.locator('caption', { hasText: 'of 4' }).waitFor();
  shown = await rows(page);
  assert.match(shown.find(([number]) => number === '3')[11], /Something against it/);

  await page.locator('[data-key="view-files"]').click();
  await page.locator('[data-key="all-trials"]').click();
  await page.getByText('6 trials are open').waitFor();
  await page.locator('[data-key="view-across"]').click();
  await page.getByRole('heading', { name: 'Across trials' }).waitFor();
  shown = await rows(page);
  assert.deepEqual([shown.length, shown[0].length], [4, 8]);
  assert.ok(!shown.flat().includes('Nothing against it'), 'nobody fits a trial by a record alone');
  const across = shown[1].slice(2);
  await page.locator('[data-key="row-2"]').click();
  await page.getByText('In the other trials that are open (5)').click();
  const elsewhere = await page.locator('[data-key="elsewhere"] li').allInnerTexts();
  assert.deepEqual(elsewhere.map((text) => /Something against it|Open/.exec(text)?.[0]), across.slice(1), 'one person stands in every trial as in the list of all');
  found.push(...(await faults(page, 'elsewhere')));
  found.push(...(await faults(page, 'across')));

  await page.locator('[data-key="view-files"]').click();
  await page.locator('[data-key="trial"]').selectOption('NCT06688435');
  await page.locator('.bar .small').filter({ hasText: 'NCT06688435' }).waitFor();
  await page.locator('[data-key="view-list"]').click();
  await page.getByRole('heading', { name: 'People for NCT06688435' }).waitFor();
  assert.doesNotMatch((await rows(page)).find(([number]) => number === '3').join(), /set by staff/, 'what was set in one trial is of that trial alone');

  await page.locator('[data-key="view-missing"]').click();
  await page.getByRole('heading', { name: 'What is missing' }).waitFor();
  found.push(...(await faults(page, 'missing')));
  assert.deepEqual(found, []);
  assert.deepEqual(seen.requests.slice(loaded), []);
  assert.deepEqual(seen.violations, []);
  assert.deepEqual(seen.errors, []);
  assert.deepEqual(await page.evaluate(async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]), [0, 0, 0]);
  await close();
});

test('an archive and its broken parts, in Chinese and on a phone', async () => {
  const { page, seen, close } = await desk({ locale: 'zh-CN', viewport: { width: 320, height: 700 } });
  const packed = zip({ 'a/one.json': JSON.stringify(CHARTS['one.json']), 'a/two.json': '{"resourceType":', 'a/picture.png': 'x' });
  await take(page, [file('all.zip', packed), file('not.zip', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(40)]))]);
  const said = await page.locator('[data-key="taken"]').innerText();
  assert.match(said, /1 人/);
  assert.match(said, /a\/two\.json/);
  assert.match(said, /not\.zip：不是可读取的 zip/);
  await page.locator('[data-key="to-list"]').click();
  assert.deepEqual(await faults(page, 'list'), []);
  await page.locator('[data-key="row-1"]').click();
  assert.deepEqual(await faults(page, 'chart'), []);
  await page.locator('[data-key="view-log"]').click();
  await entered(page, { who: 'AB', role: '护士', protocol: 'P-1', site: '01', investigator: '张', zone: 'Asia/Shanghai' });
  await page.locator('[data-key="begin"]').click();
  await page.locator('[data-key="enter"]').click();
  await page.locator('[data-key="set-1"]').click();
  assert.deepEqual(await faults(page, 'log'), []);
  assert.deepEqual(seen.errors, []);
  await close();
});

/** A key of an issuer, by the name that it has of itself. */
function issuer() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { crv, kty, x, y } = publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return { privateKey, jwk: { crv, kty, x, y, kid, use: 'sig', alg: 'ES256' } };
}

/** A signed health card about somebody. */
function card({ privateKey, jwk }, fhirBundle, more = {}) {
  const payload = { iss: 'https://issuer.example', nbf: 1_770_000_000, vc: { credentialSubject: { fhirVersion: '4.0.1', fhirBundle }, ...more } };
  const text = [Buffer.from(JSON.stringify({ alg: 'ES256', zip: 'DEF', kid: jwk.kid })), deflateRawSync(Buffer.from(JSON.stringify(payload)))].map((part) => part.toString('base64url')).join('.');
  return `${text}.${sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
const inDigits = (token) => `shc:/${[...token].map((c) => String(c.charCodeAt(0) - 45).padStart(2, '0')).join('')}`;

test('health cards are read where their signature is right, said to be unchecked where no key is there, and refused else', async () => {
  const { page, seen, close } = await desk();
  const [known, other] = [issuer(), issuer()];
  const good = card(known, CHARTS['one.json']);
  const wrong = good.slice(0, -4) + (good.endsWith('AAAA') ? 'BBBB' : 'AAAA');
  await take(page, [
    file('good.smart-health-card', { verifiableCredential: [good] }),
    file('digits.txt', inDigits(card(known, CHARTS['two.json']))),
    file('wrong.smart-health-card', { verifiableCredential: [wrong] }),
    file('back.smart-health-card', { verifiableCredential: [card(known, CHARTS['one.json'], { rid: 'abc' })] }),
    file('stranger.smart-health-card', { verifiableCredential: [card(other, CHARTS['three.json'])] }),
    file('cut.smart-health-card', { verifiableCredential: [good.slice(0, 200)] }),
    file('jwks.json', { keys: [known.jwk, { ...other.jwk, kid: 'another name' }] }),
    file('crl.json', { kid: known.jwk.kid, method: 'rid', ctr: 1, rids: ['abc.1780000000'] }),
  ]);
  const said = await page.locator('[data-key="taken"]').innerText();
  assert.match(said, /3 people/);
  assert.match(said, /wrong\.smart-health-card[^\n]*signature is wrong/);
  assert.match(said, /back\.smart-health-card[^\n]*took back/);
  assert.match(said, /stranger\.smart-health-card[^\n]*not checked/);
  assert.match(said, /cut\.smart-health-card[^\n]*cannot be read/);
  assert.doesNotMatch(said, /good\.smart|digits\.txt|jwks\.json:|crl\.json/);
  assert.deepEqual(seen.errors, []);
  assert.deepEqual(seen.violations, []);
  await close();
});

test('an archive of Apple Health is one person, with the clinical records in it', async () => {
  const { page, seen, close } = await desk();
  const record = (type, unit, value) => `<Record type="HKQuantityTypeIdentifier${type}" unit="${unit}" startDate="2026-03-14 09:00:00 +0800" value="${value}"/>`;
  const me = '<Me HKCharacteristicTypeIdentifierDateOfBirth="1960-05-04" HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexFemale"/>';
  const packed = zip({
    'apple_health_export/export.xml': `<?xml version="1.0"?><!DOCTYPE HealthData [<!ELEMENT HealthData (Record)*>]><HealthData>${me}${record('BodyMass', 'lb', 180.4)}${record('StepCount', 'count', 12).repeat(3)}</HealthData>`,
    'apple_health_export/export_cda.xml': '<ClinicalDocument/>',
    'apple_health_export/clinical-records/a.json': JSON.stringify({ ...result('1742-6', 31, 'U/L', 40), id: 'a', subject: { reference: 'Patient/elsewhere' } }),
  });
  await take(page, [file('export.zip', packed)]);
  const said = await page.locator('[data-key="taken"]').innerText();
  assert.match(said, /1 (person|people)/);
  await page.locator('[data-key="to-list"]').click();
  assert.equal((await rows(page))[0][2], '65');
  await page.locator('[data-key="row-1"]').click();
  await page.getByRole('heading', { name: 'Person 1' }).waitFor();
  assert.match(await page.locator('main').innerText(), /31 U\/L/);
  assert.deepEqual(seen.errors, []);
  await close();
});

test('another version of the trial shows only whom it changes, and by the log the one that applies judges', async () => {
  const { page, seen, close } = await desk();
  await take(page, Object.entries(CHARTS).map(([name, content]) => file(name, content)));
  const own = JSON.parse(await readFile(new URL('../../www/trials/NCT07084012.json', import.meta.url), 'utf8'));
  const age = own.eligibility.criteria.find(({ id }) => id === 'I1');
  age.expression.compare.high.value = '99';
  await page.locator('[data-key="view-amend"]').click();
  await page.locator('#other-version').setInputFiles(file('later.json', own));
  await page.locator('[data-key="amended"]').waitFor();
  const shown = await rows(page);
  assert.deepEqual(shown.map(([number, key, before, after]) => [number, key, before, after]), [['2', 'two', 'Something against it', 'Open']]);
  assert.match(shown[0][4], /Inclusion 1: Fails → Passes/);
  await page.getByText('What of the criteria is otherwise (1)').click();
  await page.getByText('Inclusion 1 in the same words, read otherwise').waitFor();
  const found = [...(await faults(page, 'amended'))];
  // the log knows from which day on the site works under a version
  const go = (key) => page.locator(`[data-key="${key}"]`).click();
  await go('view-log');
  await entered(page, { who: 'AB', role: 'nurse', protocol: 'P-1', site: '01', investigator: 'Dr X', zone: 'Asia/Shanghai' });
  await go('begin');
  await page.getByText('Every line is as it was written').waitFor();
  await go('view-amend');
  await page.locator('#other-version').setInputFiles(file('later.json', own));
  await page.getByRole('button', { name: 'Go on with this version' }).click();
  await page.locator('tbody tr').nth(1).waitFor();
  assert.equal((await rows(page))[1][4], 'Open');
  await go('view-log');
  await go('enter');
  await page.getByText('This was not written').waitFor();
  found.push(...(await faults(page, 'unknown version')));
  await go('view-list');
  await page.getByText('The log does not know that version').waitFor();
  await go('view-log');
  await go('activate');
  await page.locator('[data-key="version"]').waitFor();
  await go('enter');
  await page.locator('[data-key="set-3"]').waitFor();
  assert.match((await rows(page)).find(([number]) => number === '2').join(), /under document \d \([0-9a-f]{8}\)/, 'the log says which version was applied');
  // the earlier version is chosen, and the one that applies still judges
  await go('view-files');
  await page.locator('[data-key="trial"]').selectOption('NCT07084012');
  await page.waitForFunction(() => document.querySelector('main .waiting') === null);
  await go('view-list');
  assert.match(await page.locator('[data-key="version"]').innerText(), /^Judged by document \d \([0-9a-f]{8}\)\. By the log it applies at site 01 on 2026-03-15, since 2026-03-15\.$/);
  assert.equal((await rows(page))[1][4], 'Open');
  found.push(...(await faults(page, 'applied')));
  await go('view-log');
  const [download] = await Promise.all([page.waitForEvent('download'), go('save-log')]);
  const text = await readFile(await download.path(), 'utf8');

  const later = await desk();
  const next = (key) => later.page.locator(`[data-key="${key}"]`).click();
  await take(later.page, Object.entries(CHARTS).map(([name, content]) => file(name, content)));
  await next('view-log');
  await entered(later.page, { who: 'AB', role: 'nurse' });
  await later.page.locator('#log-file').setInputFiles(file('log.json', text));
  await later.page.getByText('The version that applies is not open').waitFor();
  found.push(...(await faults(later.page, 'absent')));
  assert.ok(await later.page.locator('[data-key="enter"]').isDisabled());
  await next('view-list');
  assert.equal(await later.page.locator('table').count(), 0, 'nobody is judged by another version');
  await later.page.locator('#version-file').setInputFiles(file('letter.txt', ''));
  await later.page.locator('[data-key="refused"]').waitFor();
  await later.page.locator('#version-file').setInputFiles(file('later.json', own));
  await later.page.locator('tbody tr').nth(1).waitFor();
  assert.equal((await rows(later.page))[1][4], 'Open');
  found.push(...later.seen.errors);
  await later.close();
  assert.deepEqual(found, []);
  assert.deepEqual(seen.errors, []);
  await close();
});

test('the list is written into a log with what staff decide, kept locked on the device, and neither an altered file nor another trial gets in', async () => {
  const { page, context, seen, close } = await desk();
  page.on('dialog', (dialog) => dialog.accept());
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await take(page, Object.entries(CHARTS).map(([name, content]) => file(name, content)));
  const go = (place) => page.locator(`[data-key="${place}"]`).click();
  await go('view-log');
  await go('begin');
  await page.getByText('Each line says who wrote it').waitFor();
  await entered(page, { who: 'AB', role: 'nurse', protocol: 'P-1', site: '01', investigator: 'Dr X', zone: 'Asia/Shanghai' });
  const found = [...(await faults(page, 'beginning'))];
  await go('begin');
  await page.getByText('Every line is as it was written').waitFor();
  await page.getByText('3 of the 3 people of the list are not in the log').waitFor();

  // what is done before somebody is in the log goes in with them
  await go('view-list');
  await go('row-3');
  await page.locator('[data-key="note"]').fill('called back');
  await go('add-note');
  await page.getByRole('button', { name: 'Set it otherwise (Inclusion 1)' }).click();
  await page.locator('[data-key="reason"]').fill('age in the papers is wrong');
  await page.locator('[data-key="set"]').selectOption('fail');
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await page.getByText('Set by staff: Fails').waitFor();
  // what a criterion means is to be asked: with one person, and for everybody
  await page.getByRole('button', { name: 'Mark as unclear (Inclusion 2)' }).click();
  await go('mark-unclear');
  await page.getByText('Say what is not clear').waitFor();
  await page.locator('[data-key="unclear-text"]').fill('seen by whom?');
  await go('mark-unclear');
  await page.getByText('Unclear: seen by whom?').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('data-key')), 'unclear-I2');
  await go('view-list');
  await page.locator('[data-key="unclear-criterion"]').selectOption('I1');
  await page.locator('[data-key="unclear-text"]').fill('on which day?');
  await go('mark-unclear');
  await page.getByText('To ask the sponsor (2)').waitFor();
  assert.deepEqual((await page.locator('[data-key="asked"]').innerText()).split('\n'), ['Inclusion 1 2 people hang on it', 'on which day?', 'Write down the answer', 'Inclusion 2 1 person hangs on it', 'seen by whom?', 'Write down the answer']);
  found.push(...(await faults(page, 'to ask')));
  await go('row-3');
  await page.getByText('Unclear for everybody: on which day?').waitFor();
  // the sponsor answers before somebody is in the log
  await go('view-list');
  await go('answer-I2');
  await go('write-answer');
  await page.getByText('Say what was answered').waitFor();
  found.push(...(await faults(page, 'answering')));
  await page.locator('[data-key="answer"]').fill('by a rater, says the monitor');
  await go('write-answer');
  await page.getByText('To ask the sponsor (1)').waitFor();
  assert.deepEqual((await page.locator('[data-key="asked"]').innerText()).split(/\n+/).slice(-2), ['Inclusion 2', 'Answered: by a rater, says the monitor']);
  await go('row-3');
  await page.getByText('Answered: by a rater, says the monitor').waitFor();
  assert.equal(await page.getByText('Unclear: seen by whom?').count(), 0);
  await go('enter-one');
  await page.getByText('In the log as number 1.').waitFor();
  found.push(...(await faults(page, 'chart in the log')));

  await go('view-log');
  await go('enter');
  await page.locator('[data-key="set-3"]').waitFor();
  assert.equal((await page.locator('[data-key="attempts"] tbody tr').count()), 3);
  await go('enter');
  const decide = async (number, state, words) => {
    await go(`set-${number}`);
    await page.locator('[data-key="state"]').selectOption(state);
    await page.locator('[data-key="words"]').fill(words);
    await go('apply-state');
  };
  await decide(1, 'possible', '');
  await page.getByText('This was not written').waitFor();
  assert.match(await page.locator('[data-key="refused"]').innerText(), /number 1 was found ineligible/, 'what the log does not take is said');
  await page.getByRole('button', { name: 'Leave it' }).click();
  await decide(3, 'declined', '=1+1');
  await page.getByText('Declined').first().waitFor();
  await go('set-3');
  await page.locator('[data-key="earlier"]').fill('2');
  await go('link');
  await page.getByText('attempt 2, after number 2').waitFor();
  assert.match(await page.locator('[aria-labelledby="consort"]').innerText(), /Found\n2\n[\s\S]*Declined\n1\n[\s\S]*Attempts\n3/);
  found.push(...(await faults(page, 'log')));
  const saved = async (key) => {
    const [download] = await Promise.all([page.waitForEvent('download'), go(key)]);
    return readFile(await download.path(), 'utf8');
  };
  const copy = await saved('copy');
  assert.ok(copy.startsWith('\u{feff}') && !/(^|[,"])=1\+1/m.test(copy), 'no cell of the copy runs as a formula');
  const text = await saved('save-log');
  assert.equal(text.match(/"assessed":/g)?.length, 3, 'what is so still is written once');
  assert.match(text, /"noted":\{"person":1,"text":"called back"\}/);
  assert.match(text, /"overridden":\{"person":1,"reason":"age in the papers is wrong","what":\{"criterion":\{"from":"pending","id":"I1","to":"fail"\}\}\}/);
  assert.match(text, /"unclear":\{"criterion":"I1","text":"on which day\?"\}/);
  assert.match(text, /"unclear":\{"criterion":"I2","text":"seen by whom\?"\}[\s\S]*"clarified":\{"criterion":"I2","text":"by a rater, says the monitor"\}/);
  assert.match(copy, /Inclusion 1: on which day\? \(nurse\); Inclusion 2: seen by whom\? \(nurse\), answered: by a rater, says the monitor/, 'the site copy has what is unclear beside whoever it concerns');
  assert.ok(!text.includes('one.json') && !/"key"/.test(text), 'nothing of a file or a record identifies anybody');

  await go('keep');
  const code = await page.locator('p.code').innerText();
  const kept = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  assert.deepEqual(await kept(), ['trial-prescreen-logs']);
  await page.locator('[data-key="view-files"]').click();
  await page.locator('[data-key="trial"]').selectOption('NCT06688435');
  await page.locator('.bar .small').filter({ hasText: 'NCT06688435' }).waitFor();
  await go('view-log');
  await page.locator('#log-file').setInputFiles(file('log.json', text));
  await page.getByText('This log is of NCT07084012, and the list is of NCT06688435').waitFor();

  await context.setOffline(false);
  const later = await context.newPage();
  later.on('dialog', (dialog) => dialog.accept());
  await later.clock.setFixedTime(new Date('2026-03-16T06:30:00Z'));
  await later.goto(page.url());
  await later.locator('option[value="NCT07084012"]').waitFor({ state: 'attached' });
  await later.locator('[data-key="trial"]').selectOption('NCT07084012');
  await take(later, [file('one.json', CHARTS['one.json'])]);
  await later.locator('[data-key="view-log"]').click();
  await entered(later, { who: 'CD', role: 'nurse', code: 'AAAAA-AAAAA' });
  await later.locator('[data-key="unlock"]').click();
  await later.getByText('The code is another one').waitFor();
  await entered(later, { code });
  await later.locator('[data-key="unlock"]').click();
  await later.getByText('Every line is as it was written').waitFor();
  await later.locator('[data-key="view-list"]').click();
  await later.locator('[data-key="row-1"]').click();
  await later.getByText('This person is in the log from before').click();
  await later.locator('[data-key="log-number"]').fill('1');
  await later.locator('[data-key="new-attempt"]').click();
  await later.getByText('attempt 2, after number 1').waitFor();
  await later.locator('[data-key="view-log"]').click();
  await later.locator('[data-key="wipe"]').click();
  await later.locator('[data-key="keep"]').waitFor();
  assert.deepEqual(await kept(), []);

  const other = await desk();
  await take(other.page, [file('one.json', CHARTS['one.json'])]);
  await other.page.locator('[data-key="view-log"]').click();
  await entered(other.page, { who: 'AB', role: 'nurse' });
  await other.page.locator('#log-file').setInputFiles(file('log.json', text.replace('declined', 'possible')));
  await other.page.getByText('The file is not as it was written').waitFor();
  assert.deepEqual([found, seen.errors, seen.violations], [[], [], []]);
  await other.close();
  await close();
});

test('a table of people is read once somebody has looked over what its columns say', async () => {
  const { page, seen, close } = await desk();
  await take(page, [file('people.csv', 'Code;Birth date;Sex;NIHSS;Colour\r\nAnn Q;1960-05-04;female;12;red\r\nBo Q;1930-01-01;male;soon;blue\r\n;2008-05-04;male;12;green\r\n"Q; Di";1960-05-04;male;21;blue\r\n')]);
  const found = [...(await faults(page, 'columns'))];
  const chosen = (at) => page.locator(`[data-key="subject-${at}"]`).inputValue();
  assert.deepEqual(await Promise.all([0, 1, 2, 3, 4].map(chosen)), ['', 'birth-date', 'sex', 'nihss', '']);
  const [settings] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save these settings' }).click()]);
  assert.match(await readFile(await settings.path(), 'utf8'), /"concept": "nihss"/);
  await page.locator('[data-key="label"]').selectOption('Code');
  await page.locator('[data-key="read-sheet"]').click();
  await page.locator('[data-key="to-list"]').waitFor();
  assert.match(await page.locator('[data-key="taken"]').innerText(), /4 people[\s\S]*people\.csv[\s\S]*soon/, 'a cell that cannot be read is told');
  await page.locator('[data-key="to-list"]').click();
  assert.deepEqual((await rows(page)).map(([number, , age, sex, outcome, , , , again, , near]) => [number, age, sex, outcome, again, near]), [
    ['1', '65', 'Female', 'Open', '', ''], ['2', '90 or more', 'Male', 'Something against it', '', ''],
    ['3', '17', 'Male', 'Something against it', '2026-05-04', 'Inclusion 1: by 1 y'], ['4', '65', 'Male', 'Something against it', '', 'Inclusion 6: by 1'],
  ]);
  assert.deepEqual((await rows(page)).map(([, called]) => called), ['Ann Q', 'Bo Q', '3', 'Q; Di'], 'people are called what the site calls them');
  const [saved] = await Promise.all([page.waitForEvent('download'), page.locator('[data-key="csv"]').click()]);
  assert.doesNotMatch(await readFile(await saved.path(), 'utf8'), /Ann|Bo Q|Di/, 'and not outside the page');
  await page.locator('[data-key="show"]').selectOption('near');
  await page.locator('caption', { hasText: 'of 2' }).waitFor();
  await page.locator('[data-key="view-missing"]').click();
  await page.getByText(/is missing in \d+ %; it would decide|Of the 4 people/).first().waitFor();
  await page.locator('[data-key="view-dates"]').click();
  await page.locator('[data-key="days"]').selectOption('0');
  assert.match(await page.locator('main').innerText(), /2026-05-04\s+may be tried again\s+1\s+3/);
  found.push(...(await faults(page, 'dates')));
  assert.deepEqual([found, seen.errors, seen.violations], [[], [], []]);
  await close();
});
