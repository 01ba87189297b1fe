//! The parameters of an error, in braces after it: `{ amount, limit: limit.cents() }`.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::{Error, Lit, Path, Result, Token, braced};

/// The content of a pair of braces.
pub(super) struct Arguments {
    /// The span of the opening brace. Expressions in the braces see the names with this span.
    pub(super) span: Span,
    pub(super) list: Vec<Argument>,
}

/// A parameter and its value.
pub(super) struct Argument {
    pub(super) name: Ident,
    pub(super) value: Value,
}

pub(super) enum Value {
    /// The field of the same name: `amount`.
    Field,
    /// Any expression, in which fields are available by name, or as `_0`, `_1`: `amount: *cents`.
    Expression(TokenStream),
    /// A number or `None`, which has the type of the parameter: `limit: 50_000`.
    Plain(TokenStream),
    /// A struct whose fields are converted like parameters: `context: TokenBalance { required, available }`.
    Struct { path: Path, fields: Vec<Argument> },
}

/// Parses the braces and their content.
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

/// Returns the `into` of a value that ends in `.into()`, whose target type would be ambiguous.
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

/// Whether the tokens are integers without a type, and signs between them.
fn is_number(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter();
    tokens.all(|token| match token {
        TokenTree::Literal(literal) => {
            matches!(Lit::new(literal), Lit::Int(integer) if integer.suffix().is_empty())
        }
        TokenTree::Punct(_) => true,
        TokenTree::Group(_) | TokenTree::Ident(_) => false,
    })
}

/// Whether the tokens are `None`, possibly with a path before it.
fn is_none(tokens: &TokenStream) -> bool {
    let last = tokens.clone().into_iter().last();
    matches!(last, Some(TokenTree::Ident(ident)) if ident == "None")
}

/// Returns the tokens up to the next comma. Parsing them as expressions would need syn's feature `full`, which
/// every user would build; the compiler parses them anyway.
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

/// Returns the `<A, B>` of a path, whose commas do not end the expression.
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
