//! The parameters of an error, in braces behind it: `{ amount, limit: limit.cents() }`.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::{Error, Path, Result, Token, braced};

/// Everything in a pair of braces.
pub(super) struct Arguments {
    /// Where the braces stand: expressions in them see what is named there.
    pub(super) span: Span,
    pub(super) list: Vec<Argument>,
}

/// A parameter, and what becomes it.
pub(super) struct Argument {
    pub(super) name: Ident,
    pub(super) value: Value,
}

pub(super) enum Value {
    /// The field of the same name: `amount`.
    Field,
    /// Any expression; fields stand in it under their names, or as `_0`, `_1`: `amount: *cents`.
    Expression(TokenStream),
    /// A number or `None`, whose type is that of the parameter: `limit: 50_000`.
    Plain(TokenStream),
    /// A struct with conversions of its own: `context: TokenBalance { required, available }`.
    Struct { path: Path, fields: Vec<Argument> },
}

/// Reads the braces and what is in them.
pub(super) fn read(input: ParseStream<'_>) -> Result<Arguments> {
    let content;
    let braces = braced!(content in input);
    Ok(Arguments { span: braces.span.open(), list: list(&content)? })
}

fn list(input: ParseStream<'_>) -> Result<Vec<Argument>> {
    let arguments = input.parse_terminated(Argument::parse, Token![,])?;
    Ok(arguments.into_iter().collect())
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(Token![..]) {
            return Err(input.error("name every parameter: `..` is not supported"));
        }
        if !input.peek(Ident::peek_any) {
            return Err(input.error("write a parameter as `name`, or `name: value`"));
        }
        let name = Ident::parse_any(input)?;
        if input.is_empty() || input.peek(Token![,]) {
            return Ok(Self { name, value: Value::Field });
        }
        if !input.peek(Token![:]) || input.peek(Token![::]) {
            let message = format!("write the value after a colon: `{name}: value`");
            return Err(input.error(message));
        }
        input.parse::<Token![:]>()?;
        let tokens = expression(input)?;
        if tokens.is_empty() {
            let message = format!("the parameter `{name}` has no value after its colon");
            return Err(Error::new(name.span(), message));
        }
        if let Some(into) = ending_in_into(&tokens) {
            let message = format!(
                "omit `.into()`: the value is converted to the type of the parameter `{name}`"
            );
            return Err(Error::new(into.span(), message));
        }
        Ok(Self { name, value: Value::of(tokens)? })
    }
}

/// The `into` of a value that ends in `.into()`, from which nobody could tell what type it makes.
fn ending_in_into(tokens: &TokenStream) -> Option<Ident> {
    let mut backwards = tokens.clone().into_iter().collect::<Vec<_>>().into_iter().rev();
    match (backwards.next()?, backwards.next()?, backwards.next()?) {
        (TokenTree::Group(call), TokenTree::Ident(method), TokenTree::Punct(_))
            if call.stream().is_empty() && method == "into" =>
        {
            Some(method)
        }
        _ => None,
    }
}

impl Value {
    fn of(tokens: TokenStream) -> Result<Self> {
        if is_number(&tokens) || is_none(&tokens) {
            return Ok(Self::Plain(tokens));
        }
        let mut front: Vec<TokenTree> = tokens.clone().into_iter().collect();
        if let Some(TokenTree::Group(last)) = front.pop() {
            let path = syn::parse2::<Path>(front.into_iter().collect());
            if let (Delimiter::Brace, Ok(path)) = (last.delimiter(), path) {
                let fields = list.parse2(last.stream())?;
                return Ok(Self::Struct { path, fields });
            }
        }
        Ok(Self::Expression(tokens))
    }
}

/// Whether these are literals of numbers, and signs between them.
fn is_number(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter();
    tokens.all(|token| match token {
        TokenTree::Literal(literal) => {
            literal.to_string().bytes().all(|b| b.is_ascii_digit() || b == b'_')
        }
        TokenTree::Punct(_) => true,
        TokenTree::Group(_) | TokenTree::Ident(_) => false,
    })
}

/// Whether this is `None`, perhaps with a path before it.
fn is_none(tokens: &TokenStream) -> bool {
    let last = tokens.clone().into_iter().last();
    matches!(last, Some(TokenTree::Ident(ident)) if ident == "None")
}

/// The tokens up to the comma behind them. Reading expressions as such would take the feature `full` of
/// syn, which everybody would build; the compiler reads them anyway.
fn expression(input: ParseStream<'_>) -> Result<TokenStream> {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.peek(Token![::]) && input.peek3(Token![<]) {
            tokens.extend(input.parse::<Token![::]>()?.into_token_stream());
            tokens.extend(between_angles(input)?);
        } else if tokens.is_empty() && input.peek(Token![<]) {
            tokens.extend(between_angles(input)?);
        } else {
            tokens.extend([input.parse::<TokenTree>()?]);
        }
    }
    Ok(tokens)
}

/// The `<A, B>` of a path, whose commas end no expression.
fn between_angles(input: ParseStream<'_>) -> Result<TokenStream> {
    let mut tokens = TokenStream::new();
    let mut depth = 0_usize;
    loop {
        if input.peek(Token![->]) {
            tokens.extend(input.parse::<Token![->]>()?.into_token_stream());
            continue;
        }
        let token: TokenTree = input.parse()?;
        if let TokenTree::Punct(punct) = &token {
            match punct.as_char() {
                '<' => depth += 1,
                '>' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        tokens.extend([token]);
        if depth == 0 {
            return Ok(tokens);
        }
    }
}
