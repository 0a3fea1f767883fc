import { cdyne } from './cdyne';
import type { ProviderModel } from './model';
import { namirial } from './namirial';
import { skycore } from './skycore';
import { wooxy } from './wooxy';

export const MODELS: Record<string, ProviderModel> = { cdyne, namirial, wooxy, skycore };
