/** Makes Chromium emulate a graphics card on the processor: slow, but exact. */
export const SOFTWARE_GL = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
