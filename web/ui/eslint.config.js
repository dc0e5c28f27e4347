import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['node_modules', 'dist'] },
  ...tseslint.configs.strict,
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
      // Map calls only in map/, network only in api/.
      'no-restricted-globals': ['error', { name: 'fetch', message: 'Network only in api/.' }, { name: 'EventSource', message: 'Network only in api/.' }],
      'no-restricted-imports': ['error', { paths: [{ name: 'maplibre-gl', message: 'Map calls only in map/.' }] }],
    },
  },
  { files: ['src/api/**'], rules: { 'no-restricted-globals': 'off' } },
  { files: ['src/map/**'], rules: { 'no-restricted-imports': 'off' } },
);
