import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeCertificate } from '@streamus/testkit/certificate';
import { newDataFolder, startProduct } from '@streamus/testkit/product';

/**
 * One product for all tests; they find it by PRODUCT_URL, its data by PRODUCT_DATA, and a certificate that it trusts by
 * PRODUCT_TRUSTS (JSON). KEEP_PRODUCT_DATA=1 keeps its data and logs.
 */
export default async function startForTests(): Promise<() => Promise<void>> {
  const folder = await newDataFolder();
  const certificate = await makeCertificate();
  const trusted = join(folder, 'trusted.pem');
  await writeFile(trusted, certificate.cert);
  const product = await startProduct(folder, undefined, { EXTRA_CA_FILE: trusted });
  process.env.PRODUCT_URL = product.url;
  process.env.PRODUCT_DATA = product.dataFolder;
  process.env.PRODUCT_TRUSTS = JSON.stringify(certificate);
  return async () => {
    await product.stop();
    if (process.env.KEEP_PRODUCT_DATA === '1') process.stdout.write(`Product data: ${product.dataFolder}\n`);
    else await product.forget();
  };
}
