import { newDataFolder, startProduct } from '@streamus/testkit/product';

/** One product for all tests; they find it by PRODUCT_URL. KEEP_PRODUCT_DATA=1 keeps its data and logs. */
export default async function startForTests(): Promise<() => Promise<void>> {
  const product = await startProduct(await newDataFolder());
  process.env.PRODUCT_URL = product.url;
  return async () => {
    await product.stop();
    if (process.env.KEEP_PRODUCT_DATA === '1') process.stdout.write(`Product data: ${product.dataFolder}\n`);
    else await product.forget();
  };
}
