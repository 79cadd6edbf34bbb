// An export of Apple Health of any length, made as it is read and never stored: how fast it is read, and how much memory the
// engine has then, beside that of an export a hundred times shorter. `node tests/bench/apple.mjs [MB]`, 1,024 without a number.
import { RecordReader, memory } from "./package.mjs";

const MB = 1024 * 1024;
const size = Number(process.argv[2] ?? 1024) * MB;
const types = [
  ["HeartRate", "count/min", 72], ["StepCount", "count", 12], ["BodyMass", "lb", 180.4], ["OxygenSaturation", "%", 0.97],
  ["ActiveEnergyBurned", "kcal", 0.31], ["BloodPressureSystolic", "mmHg", 131], ["RespiratoryRate", "count/min", 15],
];
const head = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!ELEMENT HealthData (ExportDate,Me,(Record)*)>
]>
<HealthData locale="en_US">
 <Me HKCharacteristicTypeIdentifierDateOfBirth="1958-05-02" HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexFemale"/>
`;

/** The record of the minute `at`. */
const record = (at) => {
  const [type, unit, value] = types[at % types.length];
  const when = `${new Date(Date.UTC(2016, 0, 1) + at * 60_000).toISOString().slice(0, 19).replace("T", " ")} -0700`;
  return ` <Record type="HKQuantityTypeIdentifier${type}" sourceName="A watch" sourceVersion="10.1" device="&lt;&lt;HKDevice: 0x28&gt;, name:A watch, hardware:W6,1&gt;" unit="${unit}" creationDate="${when}" startDate="${when}" endDate="${when}" value="${value}">\n  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="0"/>\n </Record>\n`;
};

/** Reads an export of so many bytes: a block of records over and over, each block a month on from the one before. */
function read(bytes) {
  const encoder = new TextEncoder();
  const reader = new RecordReader();
  let written = 0, records = 0, took = 0;
  const give = (text) => {
    const chunk = encoder.encode(text);
    written += chunk.length;
    const begun = performance.now();
    reader.push(chunk);
    took += performance.now() - begun;
  };
  give(head);
  while (written < bytes) {
    give(Array.from({ length: 500 }, () => record(records++)).join(""));
  }
  give("</HealthData>\n");
  const begun = performance.now();
  const { record: charts, diagnostics } = reader.finish();
  took += performance.now() - begun;
  if (diagnostics.length > 0 || charts.read !== records + 1) throw new Error(`${charts.read} of ${records}: ${JSON.stringify(diagnostics)}`);
  return { written, records, took, proposals: charts.charts[0].proposals.length, engine: memory() };
}

for (const bytes of [size / 100, size]) {
  const { written, records, took, proposals, engine } = read(bytes);
  const speed = written / MB / (took / 1000);
  console.log(`${(written / MB).toFixed(0).padStart(5)} MB, ${records} records, ${proposals} proposals: ${(took / 1000).toFixed(1)} s, ${speed.toFixed(0)} MB/s; the engine's memory ${(engine / MB).toFixed(1)} MB`);
}
