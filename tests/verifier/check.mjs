// Checks badges with the verifier of the Digital Credentials Consortium, without a network: what a
// badge refers to comes from the input. Reads {web: {url: document}, credentials: [...]} and writes
// one list of results: whether the signature holds, what the status says, and which errors it names.
import { readFileSync } from "node:fs";

const { web, credentials } = JSON.parse(readFileSync(0, "utf8"));
const asked = [];

globalThis.fetch = async (request) => {
  const url = typeof request === "string" ? request : request.url;
  asked.push(url);
  if (!(url in web)) {
    return new Response("{}", { status: 404, headers: { "Content-Type": "application/json" } });
  }
  return new Response(JSON.stringify(web[url]), {
    headers: { "Content-Type": "application/json" },
  });
};

const { verifyCredential } = await import("@digitalcredentials/verifier-core");

function step(result, id) {
  const found = result.log?.find((each) => each.id === id);
  return found === undefined ? null : (found.valid ?? false);
}

const results = [];
for (const credential of credentials) {
  const result = await verifyCredential({ credential, knownDIDRegistries: [] });
  results.push({
    signature: step(result, "valid_signature"),
    status: step(result, "revocation_status"),
    errors: (result.errors ?? []).map((each) => each.name),
  });
}
process.stdout.write(JSON.stringify({ results, asked: [...new Set(asked)] }));
