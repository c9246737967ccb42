'use client';
import { Button as BaseButton } from '@base-ui/react/button';
import type { VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { buttonVariants } from './button-variants.ts';
import { cn } from './cn.ts';

export type ButtonProps = Omit<ComponentProps<typeof BaseButton>, 'className'> &
  VariantProps<typeof buttonVariants> & { className?: string };

export function Button({ tone, size, className, type = 'button', ...props }: ButtonProps) {
  return <BaseButton type={type} className={cn(buttonVariants({ tone, size }), className)} {...props} />;
}
