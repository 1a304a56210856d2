// Days around the changes of summer time, printed: `node reckon-zones.mjs modules`, in whatever time zone `TZ` says.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { calendar } = await import(pathToFileURL(join(process.argv[2], "reckon-days.js")));

const steps = Array.from({ length: 60 }, (_, at) => ({ cost: { min: at % 4, max: at % 7 ? at % 4 : (at % 4) + 2 } }));
const off = [["2027-03-28", "2027-03-29"], "2027-11-07", ["2011-12-29", "2012-01-02"]];
// Samoa had no 2011-12-30; clocks change in March, April, September, October and November.
for (const start of ["2011-12-20", "2027-03-08", "2027-03-20", "2027-04-01", "2027-09-20", "2027-10-25", "2027-11-01"]) {
  for (const hours of [10, [1, 0, 2, 0, 0, 3, 2]]) console.log(start, JSON.stringify(calendar({ steps }, { start, hours, off })));
}
console.log(new Date(Date.UTC(2027, 6, 1)).getTimezoneOffset() === 0 ? "UTC" : "elsewhere");
